/**
 * Where notifications can be sent. A bundle that brings another kind of target, such as a chat, provides a service
 * {@link org.holdfast.api.spi.notify.NotificationTarget} and is put into the product of the vault; queue, retries,
 * rules and languages are the vault's.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.spi.notify;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
