"""Passwords of twelve characters and more that guessing tries first, in Indonesia and everywhere; lower case."""

_WORDS = """
    123456789012 1234567890123 12345678901234 123456789012345 123456789123 123456789123456789 123123123123
    121212121212 112233445566 102030405060 098765432109 0987654321098 987654321098 147258369147 159753159753
    qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopasdfghjkl qwertyqwerty qwerty123456
    qwerty1234567 1q2w3e4r5t6y 1qaz2wsx3edc zaqwsxcderfv asdfghjkl123 asdfghjklqwe zxcvbnmasdfg abcdefghijkl
    abcd12345678 abc123abc123 abcdef123456 aaaaaa111111 passwordpassword password1234 password12345 password123456
    passwordku123 passw0rd1234 p@ssw0rd1234 p@ssword1234 katasandi123 katasandi1234 katasandiku12
    rahasia12345 rahasia123456 rahasiaku123 rahasiasekali rahasianegara indonesia123 indonesia1234 indonesia12345
    indonesia1945 indonesia2022 indonesiaraya indonesiaku12 indonesiamerdeka merdeka17845 merdeka171945
    bismillah123 bismillah1234 bismillah12345 bismillahirrahmanirrahim alhamdulillah alhamdulillah1 assalamualaikum
    insyaallah123 subhanallah12 allahuakbar12 sayangsayang sayangku1234 sayangkamu12 sayangmama12 cintaku12345
    cintakamu123 akucintakamu akusayangkamu akusayangkamu1 iloveyou1234 iloveyou12345 iloveyouforever jakarta12345
    surabaya1234 bandung12345 semarang1234 yogyakarta12 honorer12345 honorer2022a tenagahonorer tenagahonorer1
    nonasn2022bkn pendataan2022 pendataannonasn pegawai12345 pegawainegeri guruhonorer12 guruhonorer1 administrator
    administrator1 adminadmin12 admin1234567 admin12345678 welcome12345 letmein12345 superman1234 football1234
    monkey123456 dragon123456 sunshine1234 princess1234 computer1234 internet1234 samsung12345 changeme1234
"""

COMMON_PASSWORDS = frozenset(_WORDS.split())
