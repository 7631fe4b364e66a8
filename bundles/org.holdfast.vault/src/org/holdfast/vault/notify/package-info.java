/**
 * Who is told of alerts. What happens to an alert is noted in the same transaction; rules make messages of it; a queue
 * in the catalogue is worked off until each target has taken its messages, across restarts. What a target is, is said
 * by services of other bundles.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.notify;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
