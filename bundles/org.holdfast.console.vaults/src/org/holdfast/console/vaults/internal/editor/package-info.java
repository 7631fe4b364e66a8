/** The editor of a vault with its pages and dialogs. */
package org.holdfast.console.vaults.internal.editor;
