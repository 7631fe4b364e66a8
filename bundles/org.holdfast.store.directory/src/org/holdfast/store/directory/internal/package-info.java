/** How the directory store works; of no concern to others. */
@NonNullByDefault
package org.holdfast.store.directory.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
