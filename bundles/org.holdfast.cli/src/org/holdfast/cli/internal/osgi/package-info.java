/** The command line inside a framework. */
package org.holdfast.cli.internal.osgi;
