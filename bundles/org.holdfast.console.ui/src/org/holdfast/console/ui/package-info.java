/**
 * The toolkit that the console's parts share: one panel for all states of a part, virtual tables with bounded widgets,
 * filter fields, formats, icons and colours of the theme, and the rules for touching widgets from other threads.
 */
@Version("1.0.0")
package org.holdfast.console.ui;

import org.osgi.annotation.versioning.Version;
