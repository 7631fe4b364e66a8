/**
 * The doors of a vault node: TLS, who may do what, the routes for people and agents, events, metrics and the OpenAPI
 * document.
 */
@Version("1.0.0")
package org.holdfast.vault.http;

import org.osgi.annotation.versioning.Version;
