/**
 * When backups run: the moments a plan means in its time zone, with the changes to and from summer time, and what is to
 * be done next by a server that may have been off or whose clock may have been wrong. Pure functions of their
 * arguments; nothing here reads a clock.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.scheduling.schedule;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
