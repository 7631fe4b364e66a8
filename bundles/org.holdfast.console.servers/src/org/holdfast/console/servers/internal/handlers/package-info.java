/** Handlers of the commands. */
package org.holdfast.console.servers.internal.handlers;
