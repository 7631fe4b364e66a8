/** Commands. */
package org.holdfast.console.install.internal.handlers;
