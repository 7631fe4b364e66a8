/** What the targets of this bundle share. */
@NonNullByDefault
package org.holdfast.notify.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
