/**
 * Presenters of the console's parts, without a widget: lists that are filtered, counted and sorted on a thread of their
 * own, what a part shows when it has no rows, and actions on many things at once. Everything a part shows can be tested
 * here without a window.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.console.model;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
