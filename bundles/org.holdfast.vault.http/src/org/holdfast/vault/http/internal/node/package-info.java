/** The node as a program: its command line, and the application that puts it on and takes it off. */
package org.holdfast.vault.http.internal.node;
