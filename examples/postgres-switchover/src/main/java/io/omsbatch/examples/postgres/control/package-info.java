/** The platform's own tables: tasks, commands that were seen, fencing tokens, findings. */
@NullMarked
package io.omsbatch.examples.postgres.control;

import org.jspecify.annotations.NullMarked;
