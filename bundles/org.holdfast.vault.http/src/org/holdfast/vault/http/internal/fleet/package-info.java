/** What people ask of a vault about its fleet. */
@NonNullByDefault
package org.holdfast.vault.http.internal.fleet;

import org.eclipse.jdt.annotation.NonNullByDefault;
