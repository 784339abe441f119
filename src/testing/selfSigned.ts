// A certificate for blog.example that nobody vouches for, with its key: for tests of what is refused.

export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEVDVab1qqhd0gRcS
tzyix4XUXop5t80CWiR0pneSRxuhRANCAAQ7ukRoDKdjLzXGL+mpfxkEaueun5bL
oXruuIxC32rIh3hXjn2lqIjLGYlMNaKqM+lrAGEE0g7Wn17PECHunsxt
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBnjCCAUSgAwIBAgIUH0UgaEqqtvf52Lv7Rw4e+FMOoGYwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMYmxvZy5leGFtcGxlMCAXDTI2MTEyODA3MzUwOVoYDzIxMjYx
MTA0MDczNTA5WjAXMRUwEwYDVQQDDAxibG9nLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQ7ukRoDKdjLzXGL+mpfxkEaueun5bLoXruuIxC32rIh3hX
jn2lqIjLGYlMNaKqM+lrAGEE0g7Wn17PECHunsxto2wwajAdBgNVHQ4EFgQUCAm5
2To7ONL3cMEzaORBX0+UO4swHwYDVR0jBBgwFoAUCAm52To7ONL3cMEzaORBX0+U
O4swDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxibG9nLmV4YW1wbGUwCgYI
KoZIzj0EAwIDSAAwRQIgUpkVyZjlDdfmKmnj+FPl7yegSeKo1nAelnUjAwhoYGwC
IQDxtu1jrpITh/88sSQsZgi2W+JVX/fgtcal4rbnPPwuYg==
-----END CERTIFICATE-----`,
};
