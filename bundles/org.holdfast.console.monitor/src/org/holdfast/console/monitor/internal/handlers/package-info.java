/** Handlers of the commands. */
package org.holdfast.console.monitor.internal.handlers;
