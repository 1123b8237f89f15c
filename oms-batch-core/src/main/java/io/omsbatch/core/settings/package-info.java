/**
 * Everything a host can set, each with its unit, range, default and where the default comes from.
 */
@NullMarked
package io.omsbatch.core.settings;

import org.jspecify.annotations.NullMarked;
