/**
 * Frames written out from the tables of the standard; the checksums were worked out apart from this code, with the routine of annex A
 * (`flue` with CRC-16/MODBUS, `water` with that and its bytes exchanged). Where nothing else is said they come without CR LF.
 */
export const vectors = {
  /** The worked example of HJ 212-2017 annex A. */
  standard:
    '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80',
  air: '##0254QN=20260615083012345;ST=22;CN=2051;PW=654321;MN=320100NJ00000001;Flag=5;CP=&&DataTime=20260615083000;a34004-Avg=35.2,a34004-Min=30.0,a34004-Max=41.7,a34004-Flag=N;a21005-Avg=0.8,a21005-Flag=N;a05024-Avg=160.5,a05024-Flag=T;a01001-Avg=-3.5,a01001-Flag=N&&C601',
  flue: '##0279QN=20260615090030001;ST=31;CN=2061;PW=654321;MN=320100NJ00000002;Flag=5;CP=&&DataTime=20260615080000;a21026-Min=10.1,a21026-Avg=12.5,a21026-Max=15,a21026-Cou=1.25,a21026-ZsMin=11.0,a21026-ZsAvg=13.6,a21026-ZsMax=16.2,a21026-Flag=C;a00000-Avg=20.5,a00000-Cou=73800,a00000-Flag=N&&E3EA',
  water:
    '##0222QN=20260615083100000;ST=32;CN=2011;PW=654321;MN=320100NJ00000003;Flag=4;CP=&&DataTime=20260615083100;w01018-SampleTime=20260615080000,w01018-Rtd=38.2,w01018-Flag=N;w00000-Rtd=12.3,w00000-Flag=D;w21003-Rtd=-,w21003-Flag=B&&6AF5',
  old: '##0133ST=32;CN=2011;PW=123456;MN=88888880000001;CP=&&DataTime=20260615083000;B01-Rtd=100.2;B01-Flag=N;011-Rtd=51.0;011-Flag=S;060-Rtd=1.5&&8801',
  odd: '##0205QN=20260615083000000;ST=22;CN=2011;PW=123456;,MN=320100NJ00000004;FLAG=9;CP=&&DataTime=20260615083000123;l01001-Rtd=118.796877,l01001-Flag=N;l01002-Rtd=32.060255,l01002-Flag=N;a34002-Rtd=77,a34002-Flag=Q&&6740',
  split1:
    '##0145QN=20260615083200000;ST=32;CN=2051;PW=654321;MN=320100NJ00000005;Flag=7;PNUM=2;PNO=1;CP=&&DataTime=20260615083000;w01018-Avg=38.2,w01018-Flag=N&&C841',
  split2:
    '##0121QN=20260615083200000;ST=32;CN=2051;PW=654321;MN=320100NJ00000005;Flag=7;PNUM=2;PNO=2;CP=&&w21003-Avg=1.25,w21003-Flag=N&&3900',
  setpw: '##0091QN=20260615083300000;ST=32;CN=1072;PW=654321;MN=320100NJ00000003;Flag=5;CP=&&NewPW=abc123&&C901',
  alarm:
    '##0127QN=20260615083400000;ST=32;CN=2072;PW=654321;MN=88888880000001;Flag=1;CP=&&AlarmTime=20260615083000;011-Ala=120.5,AlarmType=1&&DF81',
  clock: '##0091QN=20260615083500000;ST=32;CN=1013;PW=654321;MN=320100NJ00000003;Flag=5;CP=&&PolId=w01018&&E041',
  asked:
    '##0126QN=20260615083600000;ST=32;CN=2061;PW=654321;MN=320100NJ00000003;Flag=5;CP=&&BeginTime=20260614000000;EndTime=20260615000000&&5440',
  taken: '##0079QN=20260615083600000;ST=91;CN=9014;PW=654321;MN=320100NJ00000003;Flag=4;CP=&&&&4C80',
  info: '##0141QN=20260615083700000;ST=32;CN=3020;PW=654321;MN=320100NJ00000003;Flag=4;CP=&&DataTime=20260615083700;PolId=w01018,i11001-Info=//清零,正常//&&3480',
  meter:
    '##0149QN=20260615083800000;ST=80;CN=2011;PW=654321;MN=320100NJ00000006;Flag=4;CP=&&DataTime=20260615083800;100000-Ia=401.400,100000-Note=ok,100000-Flag=N&&5140',
  state:
    '##0120QN=20260615083900000;ST=32;CN=2021;PW=654321;MN=320100NJ00000003;Flag=4;CP=&&DataTime=20260615083900;SB1-RS=1;SB2-RS=0&&D4C1',
  late: '##0177QN=20260615120000000;ST=32;CN=2031;PW=654321;MN=320100NJ00000003;Flag=4;CP=&&DataTime=20260601000000;w01018-Avg=40.1,w01018-Cou=12.5,w01018-Flag=N;w01001-Avg=7.2,w01001-Flag=M&&A781',
};

/** `info` holds Chinese: the standard is ASCII, devices write GBK. */
const gbk = new Map([
  ['清', [0xc7, 0xe5]],
  ['零', [0xc1, 0xe3]],
  ['正', [0xd5, 0xfd]],
  ['常', [0xb3, 0xa3]],
]);

export const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((letter) => gbk.get(letter) ?? [letter.charCodeAt(0)]));
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const vector = (name: keyof typeof vectors): Uint8Array => bytesOf(vectors[name]);

export function join(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
