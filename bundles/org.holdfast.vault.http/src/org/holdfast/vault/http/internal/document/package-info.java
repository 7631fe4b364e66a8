/** The OpenAPI document, made from the table of routes. */
@NonNullByDefault
package org.holdfast.vault.http.internal.document;

import org.eclipse.jdt.annotation.NonNullByDefault;
