/** Reading lists of hosts. */
@NonNullByDefault
package org.holdfast.agent.install.internal.list;

import org.eclipse.jdt.annotation.NonNullByDefault;
