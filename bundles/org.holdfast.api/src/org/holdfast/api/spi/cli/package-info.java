/**
 * What a bundle implements to bring a command of its own to the command line. Commands describe their options and
 * operands as data, so that help, completion and usage errors look the same for all of them and no bundle needs to
 * know how the command line is parsed.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.spi.cli;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
