/** What the implementations for different systems share. */
@NonNullByDefault
package org.holdfast.source.files.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
