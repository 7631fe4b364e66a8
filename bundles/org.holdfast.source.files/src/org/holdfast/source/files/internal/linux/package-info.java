/** The file systems of Linux by its own system calls. */
@NonNullByDefault
package org.holdfast.source.files.internal.linux;

import org.eclipse.jdt.annotation.NonNullByDefault;
