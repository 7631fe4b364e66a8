/** What the window offers beside its parts: a vault server on this computer, settings, diagnostics, help. */
package org.holdfast.console.app.internal;
