/** The toolkit of the console: state panel, tables, wizard base and theme. */
package org.holdfast.console.ui;
