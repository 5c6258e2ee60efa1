import { bytesOf } from '../../testing/bytes.ts';

export { bytesOf, hexOf, join } from '../../testing/bytes.ts';

/**
 * Frames laid out byte by byte from the tables of the standard; checksums are the sum of everything between `40 40` and themselves.
 * Transmitter 010203040506, centre aabbccddeeff, 24 June 2025.
 */
export const vectors = {
  /** Photoelectric smoke detector 0x000600d9 of system 1.3 in fire, "1号楼3层走廊"; panel 15:29:30, transmitter 15:30:10. */
  fire:
    '4040 0100 0101 0a1e0f180619 010203040506 aabbccddeeff 3000 02 02 01 01 03 2a d9000600 0300' +
    ' 31bac5c2a533b2e3d7dfc0c8 00000000000000000000000000000000000000 1e1d0f180619 64 2323',
  cleared:
    '4040 0200 0101 14240f180619 010203040506 aabbccddeeff 3000 02 02 01 01 03 2a d9000600 0100' +
    ' 31bac5c2a533b2e3d7dfc0c8 00000000000000000000000000000000000000 0a240f180619 66 2323',
  /** Fire, fault and power fault of the detector; a manual call point in fire with bit 0 at 0 and a description of ff. */
  twoObjects:
    '4040 0300 0101 0a1e0f180619 010203040506 aabbccddeeff 5e00 02 02 02' +
    ' 01 03 2a d9000600 0701 31bac5c2a533b2e3d7dfc0c8 00000000000000000000000000000000000000 1e1d0f180619' +
    ' 01 03 17 07000000 0200 ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff 1f1d0f180619 21 2323',
  systemReset: '4040 0400 0101 002d0f180619 010203040506 aabbccddeeff 0c00 02 01 01 01 03 0120 002d0f180619 31 2323',
  /** Water tank 3.45 m, pressure switch 1.6 MPa, heat detector −8.5 °C. */
  analogue:
    '4040 0500 0101 0a1e0f180619 010203040506 aabbccddeeff 3200 02 03 03 0c 01 5c 01000000 02 5901 1e1d0f180619' +
    ' 0c 01 63 02000000 04 1000 1e1d0f180619 01 03 1f 03000000 03 abff 1e1d0f180619 61 2323',
  transmitterFire: '4040 0600 0101 0a1e0f180619 010203040506 aabbccddeeff 0900 02 15 01 03 1e1d0f180619 2b 2323',
  /** Operator 9 resets system 1.3 at the panel. */
  operation: '4040 0700 0101 00320f180619 010203040506 aabbccddeeff 0c00 02 04 01 01 03 01 09 00320f180619 2a 2323',
  vendor: '4040 0800 0101 0a1e0f180619 010203040506 aabbccddeeff 0400 02 96 01 0003 28 2323',
  /** A maker's handshake: one byte of data, version 16.0. */
  handshake: '4040 1200 1000 0a1e0f180619 000000000000 aabbccddeeff 0100 02 16 a4 2323',
  confirm: '4040 0900 0101 0a1e0f180619 aabbccddeeff 010203040506 0000 03 8c 2323',
  /** The checksum was left at zero. */
  unsummed: '4040 0a00 0101 0a1e0f180619 010203040506 aabbccddeeff 0400 02 19 01 03 04 00 2323',
  noClock:
    '4040 0b00 0101 000000000000 010203040506 aabbccddeeff 3000 02 02 01 01 03 2a d9000600 0300' +
    ' 31bac5c2a533b2e3d7dfc0c8 00000000000000000000000000000000000000 000000000000 7f 2323',
  yearFirst: '4040 0c00 0101 1906180f1e0a 010203040506 aabbccddeeff 0800 02 1c 01 1906180f1e0a 21 2323',
  /** Two objects are stated, the second has two bytes. */
  cutShort:
    '4040 0d00 0101 0a1e0f180619 010203040506 aabbccddeeff 3200 02 02 02 01 03 2a d9000600 0300' +
    ' 31bac5c2a533b2e3d7dfc0c8 00000000000000000000000000000000000000 1e1d0f180619 0103 77 2323',
  /** System states without their times. */
  timeless: '4040 0e00 0101 0a1e0f180619 010203040506 aabbccddeeff 0a00 02 01 02 01 03 0300 0b 01 0500 b5 2323',
  /** A component's state without its description. */
  undescribed:
    '4040 1200 0101 0a1e0f180619 010203040506 aabbccddeeff 1100 02 02 01 01 01 17 05006500 0200 0c1016150a13 91 2323',
  /** A configuration text that holds start and end marks. */
  inside: '4040 0f00 0101 0a1e0f180619 010203040506 aabbccddeeff 0b00 02 1a 01 08 4040232340402323 4b 2323',
  request: '4040 1000 0101 0a1e0f180619 010203040506 aabbccddeeff 0800 04 5a 01 1e1d0f180619 78 2323',
  staffCheck: '4040 1100 0101 0a1e0f180619 aabbccddeeff 010203040506 0300 01 5b 01 05 f6 2323',
} as const;

export const vector = (name: keyof typeof vectors): Uint8Array => bytesOf(vectors[name]);
