/** What those who run the service see of it: metrics and health. */
@NullMarked
package io.omsbatch.examples.service.watch;

import org.jspecify.annotations.NullMarked;
