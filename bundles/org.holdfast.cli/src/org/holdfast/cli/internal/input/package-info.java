/** What a person gives: arguments, amounts, paths, secrets. */
package org.holdfast.cli.internal.input;
