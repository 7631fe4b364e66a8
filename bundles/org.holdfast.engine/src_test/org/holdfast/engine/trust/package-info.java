/** Whether a vault can be trusted when the store fails, a backup is cut short or several programs work in it at once. */
package org.holdfast.engine.trust;
