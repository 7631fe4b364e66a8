/** The commands, one class each. */
package org.holdfast.cli.internal.commands;
