/** Handlers of the commands. */
package org.holdfast.console.vaults.internal.handlers;
