/** How requests find their routes, are checked, answered and taken down. */
@NonNullByDefault
package org.holdfast.vault.http.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
