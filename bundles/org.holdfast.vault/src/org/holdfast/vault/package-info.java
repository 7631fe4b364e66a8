/**
 * The rules of a vault node: its people, its fleet and its data, the certificate authority and the events. It knows
 * nothing of HTTP.
 */
@Version("1.0.0")
package org.holdfast.vault;

import org.osgi.annotation.versioning.Version;
