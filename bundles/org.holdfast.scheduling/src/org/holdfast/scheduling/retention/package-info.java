/**
 * Which recovery points to keep: the last few, and the last one of each of the last days, weeks, months and years
 * (grandfather, father, son). Pure functions of points, zone and time.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.scheduling.retention;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
