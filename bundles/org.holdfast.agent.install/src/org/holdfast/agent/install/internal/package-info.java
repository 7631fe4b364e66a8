/** How hosts get their agent. */
@NonNullByDefault
package org.holdfast.agent.install.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
