/**
 * Reports that can be saved to files, for plug-ins: see {@link org.holdfast.console.ui.report.Report} and the extension
 * point {@code org.holdfast.console.ui.report}.
 */
@Version("1.0.0")
package org.holdfast.console.ui.report;

import org.osgi.annotation.versioning.Version;
