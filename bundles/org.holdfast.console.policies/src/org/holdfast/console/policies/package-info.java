/** Policies: listing them in plain words, editing them, and the wizard that schedules backups. */
@Version("1.0.0")
package org.holdfast.console.policies;

import org.osgi.annotation.versioning.Version;
