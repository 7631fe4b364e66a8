/** Whether vaults can be trusted when stores fail, backups are cut short or several programs work at once. */
package org.holdfast.engine.trust;
