/**
 * What a migration task looks like from outside: its identity, status, stage, switchover step and sync position.
 * Everything here is an immutable value.
 */
@NullMarked
package io.omsbatch.api.task;

import org.jspecify.annotations.NullMarked;
