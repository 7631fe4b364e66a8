/**
 * The doors of a vault node: TLS, who may do what, the routes for people and agents, events, metrics and the OpenAPI
 * document.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.http;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
