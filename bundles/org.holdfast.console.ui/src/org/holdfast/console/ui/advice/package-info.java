/**
 * Advice on alerts, for plug-ins: see {@link org.holdfast.console.ui.advice.AlertAdvice} and the extension point
 * {@code org.holdfast.console.ui.alertAdvice}.
 */
@Version("1.0.0")
package org.holdfast.console.ui.advice;

import org.osgi.annotation.versioning.Version;
