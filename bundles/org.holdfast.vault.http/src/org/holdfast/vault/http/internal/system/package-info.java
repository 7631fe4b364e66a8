/** What a node tells of itself: health, metrics, events; and what the server needs of other parts of the node. */
@NonNullByDefault
package org.holdfast.vault.http.internal.system;

import org.eclipse.jdt.annotation.NonNullByDefault;
