#!/usr/bin/env python3
"""Makes the tree of the golden vault, and lists a tree in the form of the golden listings. Needs root and Linux.

make_tree.py DIR first|second     makes the tree, or changes it for the second recovery point
make_tree.py DIR list             prints the listing
"""
import hashlib
import os
import socket
import stat
import struct
import sys


def stream(seed, length):
    out = bytearray()
    counter = 0
    while len(out) < length:
        out += hashlib.sha256(seed + struct.pack('>Q', counter)).digest()
        counter += 1
    return bytes(out[:length])


def write(path, data):
    with open(path, 'wb') as f:
        f.write(data)


def first(top):
    os.umask(0o022)
    os.makedirs(top)
    join = lambda *names: os.path.join(top, *names)
    os.makedirs(join(b'sizes'))
    for n in (0, 1, 511, 512, 513, 4096, 65535, 65536, 65537, 70000):
        write(join(b'sizes', b'%05d' % n), (b'line of text %d\n' % n * 6000)[:n])
    write(join(b'sizes', b'random'), stream(b'golden', 20000))
    write(join(b'sizes', b'zeros'), bytes(300000))
    write(join(b'sizes', b'zeros-and-data'), b'begin' + bytes(100000) + b'middle' + bytes(70000) + b'end')
    os.makedirs(join(b'sparse'))
    with open(join(b'sparse', b'one-hole'), 'wb') as f:
        f.write(b'start')
        f.seek(1 << 20)
        f.write(b'end')
    with open(join(b'sparse', b'only-hole'), 'wb') as f:
        f.truncate(3 << 20)
    with open(join(b'sparse', b'many-holes'), 'wb') as f:
        for i in range(50):
            f.seek(i * 131072)
            f.write(b'%04d' % i * 1024)
    os.makedirs(join(b'names', b'k' * 255))
    for name in (b'\xff\xfe', b'\xe3\x81\x82', b'new\nline', b'-dash', b' ', b'back\\slash', b'...', b'%41', b'n' * 255):
        write(join(b'names', name), name)
    deep = join(b'deep')
    os.mkdir(deep)
    fd = os.open(deep, os.O_RDONLY)
    for i in range(20):
        name = b'%02d-' % i + b'd' * 230
        os.mkdir(name, dir_fd=fd)
        below = os.open(name, os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = below
    leaf = os.open(b'leaf', os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=fd)
    os.write(leaf, b'deeper than a path may be long')
    os.close(leaf)
    os.close(fd)
    os.makedirs(join(b'many'))
    for i in range(1700):
        write(join(b'many', b'x%04d' % i), b'' if i % 5 else b'%d' % i)
    os.makedirs(join(b'types', b'empty'))
    os.symlink(b'../sizes/00001', join(b'types', b'link'))
    os.symlink(b'nowhere/\xff', join(b'types', b'dangling'))
    os.mkfifo(join(b'types', b'fifo'), 0o640)
    os.mknod(join(b'types', b'null'), stat.S_IFCHR | 0o666, os.makedev(1, 3))
    os.mknod(join(b'types', b'loop'), stat.S_IFBLK | 0o660, os.makedev(7, 300))
    here = os.getcwd()
    os.chdir(join(b'types'))
    s = socket.socket(socket.AF_UNIX)
    s.bind(b'socket')
    s.close()
    os.chdir(here)
    write(join(b'types', b'hard-a'), b'one file, two names\n' * 50)
    os.link(join(b'types', b'hard-a'), join(b'names', b'hard-b'))
    os.makedirs(join(b'meta'))
    for mode in (0o4755, 0o2755, 0o1777, 0o000, 0o777):
        write(join(b'meta', b'mode-%04o' % mode), b'%o' % mode)
        os.chmod(join(b'meta', b'mode-%04o' % mode), mode)
    write(join(b'meta', b'owner'), b'owner')
    os.chown(join(b'meta', b'owner'), 65534, 4294967294)
    for name, seconds, nanos in ((b'time-1901', -2147480000, 1), (b'time-1969', -1, 999999999),
                                 (b'time-2106', 4294967296, 123456789), (b'time-2400', 13569465600, 0)):
        write(join(b'meta', name), name)
        os.utime(join(b'meta', name), ns=(0, seconds * 10**9 + nanos))
    write(join(b'meta', b'attributes'), b'attributes')
    os.setxattr(join(b'meta', b'attributes'), b'user.empty', b'')
    os.setxattr(join(b'meta', b'attributes'), b'user.binary', bytes(range(256)))
    os.setxattr(join(b'meta', b'attributes'), b'security.capability', bytes.fromhex('0100000200200000000000000000000000000000'))
    os.setxattr(join(b'meta'), b'user.directory', b'yes')
    os.setxattr(join(b'meta', b'owner'), b'system.posix_acl_access', bytes.fromhex(
        '02000000' '01000600ffffffff' '02000400e8030000' '04000400ffffffff' '10000400ffffffff' '20000000ffffffff'))


def second(top):
    join = lambda *names: os.path.join(top, *names)
    write(join(b'sizes', b'00513'), b'changed\n' * 100)
    os.unlink(join(b'many', b'x0100'))
    write(join(b'many', b'y-new'), b'new in the second point')
    with open(join(b'sizes', b'random'), 'ab') as f:
        f.write(stream(b'appended', 1000))
    os.chmod(join(b'meta', b'mode-0000'), 0o400)


def escape(name):
    return ''.join(chr(c) if 0x21 <= c <= 0x7e and c != 0x25 else '%%%02X' % c for c in name)


def listing(top):
    rows = []
    inodes = {}

    def walk(fd, path, names):
        for name in names or sorted(map(os.fsencode, os.listdir(fd))):
            s = os.stat(name, dir_fd=fd, follow_symlinks=False)
            full = path + [escape(name)]
            kind = {stat.S_IFREG: 'file', stat.S_IFDIR: 'dir', stat.S_IFLNK: 'link', stat.S_IFIFO: 'fifo',
                    stat.S_IFSOCK: 'socket', stat.S_IFCHR: 'char', stat.S_IFBLK: 'block'}[stat.S_IFMT(s.st_mode)]
            seconds, nanos = divmod(s.st_mtime_ns, 10**9)
            row = [kind, '%04o' % stat.S_IMODE(s.st_mode), '%d:%d' % (s.st_uid, s.st_gid),
                   '%d.%09d' % (seconds, nanos)]
            # By descriptor, because there are paths that are too long to be opened.
            handle = '/proc/self/fd/%d/' % fd + os.fsdecode(name)
            attributes = [] if kind in ('link', 'fifo', 'socket', 'char', 'block') else sorted(os.listxattr(handle))
            if kind == 'file':
                with open(os.open(name, os.O_RDONLY | os.O_NOATIME, dir_fd=fd), 'rb') as f:
                    row += ['%d' % s.st_size, hashlib.sha256(f.read()).hexdigest()]
            elif kind == 'link':
                row.append(escape(os.readlink(name, dir_fd=fd)))
            elif kind in ('char', 'block'):
                row.append('%d,%d' % (os.major(s.st_rdev), os.minor(s.st_rdev)))
            if s.st_nlink > 1 and kind != 'dir':
                row.append('same-as=' + inodes.setdefault((s.st_dev, s.st_ino), '/'.join(full)))
            for attribute in attributes:
                row.append(attribute + '=' + os.getxattr(handle, attribute).hex())
            rows.append('/'.join(full) + ' ' + ' '.join(row))
            if kind == 'dir':
                below = os.open(name, os.O_RDONLY, dir_fd=fd)
                walk(below, full, None)
                os.close(below)

    fd = os.open(os.path.dirname(os.path.abspath(top)), os.O_RDONLY)
    walk(fd, [], [os.path.basename(top)])
    os.close(fd)
    print('\n'.join(rows))


if __name__ == '__main__':
    sys.setrecursionlimit(10000)
    where = os.fsencode(sys.argv[1])
    {'first': first, 'second': second, 'list': listing}[sys.argv[2]](where)
