/**
 * Editors of one thing with pages that bundles contribute, and what such pages are made of: a bar of buttons, facts,
 * an answer that is waited for, a dialog that stays until it is saved.
 */
@Version("1.0.0")
package org.holdfast.console.ui.pages;

import org.osgi.annotation.versioning.Version;
