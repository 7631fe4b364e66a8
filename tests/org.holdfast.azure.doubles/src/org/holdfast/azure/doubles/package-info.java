/**
 * Azure for tests, on this machine alone: the emulator Azurite as a child process, and doubles of our own for what it
 * does not have or does not check. A double refuses what Azure refuses and answers in the shapes of Azure's published
 * examples; what it does is all that the tests can show, see {@code docs/azure.md}.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.azure.doubles;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
