/** Parsing of command lines, and what every command shares. */
package org.holdfast.cli.internal;
