/**
 * What facts mean to a store beyond being kept: how they leave their run, its claims and its inbox.
 */
@NullMarked
package io.omsbatch.core.internal.fact;

import org.jspecify.annotations.NullMarked;
