/**
 * The console as a program: its application, window, menus, theme and branding. Parts come from the other console
 * bundles and are named here only by their ids.
 */
@Version("1.0.0")
package org.holdfast.console.app;

import org.osgi.annotation.versioning.Version;
