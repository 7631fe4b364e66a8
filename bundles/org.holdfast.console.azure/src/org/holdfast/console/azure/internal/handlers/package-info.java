/** What commands do. */
package org.holdfast.console.azure.internal.handlers;
