/**
 * What a backup policy says: which paths, when, how long points are kept, how fast data may travel and which commands
 * run before and after. Plain values with one check that names the field at fault; computing run times and applying
 * retention is the business of the scheduling bundle.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.policy;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
