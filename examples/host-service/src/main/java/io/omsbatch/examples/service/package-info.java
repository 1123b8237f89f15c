/** A service that puts its own migration platform under batch control, and offers that over HTTP. */
@NullMarked
package io.omsbatch.examples.service;

import org.jspecify.annotations.NullMarked;
