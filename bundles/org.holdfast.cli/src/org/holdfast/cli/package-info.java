/** The command line: every command is an operation that the console offers too. */
package org.holdfast.cli;
