package org.holdfast.engine.internal.restore;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.format.Page;

/**
 * Whose an entry becomes here, and with which permission bits: an owner is found by name where the name exists, else
 * by number. Bits that lend the owner's rights are dropped where the owner is not restored, for they would lend the
 * rights of whoever restores. One thread at a time.
 */
final class Owners {
    private static final int TYPE = 0xf000;
    private static final int DIRECTORY = 0x4000;
    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;

    private final RestoreTarget target;
    private final boolean owners;
    private final boolean permissions;
    private final boolean canSet;
    private final int self;
    private final IntPredicate groupAllowed;
    private final int umask;
    private final Map<Page.Owner, Shared> known = new HashMap<>();
    private final Map<Integer, Boolean> groups = new HashMap<>();
    private boolean missed;

    /**
     * What entries with the same owner have in common here.
     *
     * @param uid owner, -1 to leave it
     * @param gid group, -1 to leave it
     * @param mode permission bits, -1 to leave them
     * @param freshMode permission bits for something that was not there before
     * @param ownerMissed whether the owner of the backup cannot be given
     */
    record Shared(int uid, int gid, int mode, int freshMode, boolean ownerMissed) {
    }

    /**
     * @param owners whether owners are to be restored
     * @param permissions whether modes are to be restored
     * @param self id of the user who restores, or -1 when that is not known
     * @param groupAllowed whether this process may give a file to a group; asked once for each, without rights only
     */
    Owners(RestoreTarget target, boolean owners, boolean permissions, int self, IntPredicate groupAllowed) {
        this.target = target;
        this.owners = owners;
        this.permissions = permissions;
        this.canSet = target.canSetOwner();
        this.self = self;
        this.groupAllowed = groupAllowed;
        this.umask = permissions ? 0 : target.umask();
    }

    Shared shared(Page.Owner owner) {
        return known.computeIfAbsent(owner, this::resolve);
    }

    private Shared resolve(Page.Owner owner) {
        int uid = id(owner.user(), owner.uid(), true);
        int gid = id(owner.group(), owner.gid(), false);
        boolean own = uid == self && self != -1;
        boolean giveUser = owners && canSet;
        boolean giveGroup = owners && (canSet || groups.computeIfAbsent(gid, groupAllowed::test));
        int mode = owner.mode() & 07777;
        if ((owner.mode() & TYPE) != DIRECTORY) {
            mode &= ~((giveUser || own ? 0 : SET_UID) | (giveGroup ? 0 : SET_GID));
        }
        boolean plain = (owner.mode() & TYPE) == DIRECTORY;
        int fresh = permissions ? mode : (plain ? 0777 : 0666 | executable(mode)) & ~umask;
        return new Shared(giveUser ? uid : -1, giveGroup ? gid : -1, permissions ? mode : -1, fresh,
                owners && (!giveUser && !own || !giveGroup));
    }

    /** Without permissions a program stays one, as with cp. */
    private static int executable(int mode) {
        return (mode & 0111) == 0 ? 0 : 0111;
    }

    private int id(String name, int number, boolean user) {
        if (!name.isEmpty()) {
            int id = user ? target.userId(name) : target.groupId(name);
            if (id != -1) {
                return id;
            }
        }
        return number;
    }

    /** Notes that an owner was not restored; told once for the whole job. */
    void missed() {
        missed = true;
    }

    /** Whether some owner was not restored. */
    boolean anyMissed() {
        return missed;
    }
}
