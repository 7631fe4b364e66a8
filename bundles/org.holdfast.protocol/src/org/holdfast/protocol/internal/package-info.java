/** How values of other bundles are written as JSON. */
@NonNullByDefault
package org.holdfast.protocol.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
