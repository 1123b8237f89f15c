/**
 * The vocabulary every other package builds on: the root exception, the limits of all inputs and the escaping of all
 * foreign text.
 *
 * <p>A host meets the packages in this order: it describes its tasks ({@code task}), picks an operation
 * ({@code operation}), implements its platform ({@code gateway}), and then plans, confirms and follows a run
 * ({@code engine}), whose report ({@code outcome}) holds one honest outcome per task.
 */
@NullMarked
package io.omsbatch.api;

import org.jspecify.annotations.NullMarked;
