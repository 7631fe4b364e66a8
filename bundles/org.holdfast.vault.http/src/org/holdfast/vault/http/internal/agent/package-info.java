/** What agents ask of a vault besides the data. */
@NonNullByDefault
package org.holdfast.vault.http.internal.agent;

import org.eclipse.jdt.annotation.NonNullByDefault;
